"""The person side: what people do at the local Telegram, over HTTP.

Bodies and answers are JSON; an error is {"description": reason} with a status of 400 or more. `chat` is the
id of a group or channel; by default it is the person's private chat with the bot.

    GET  /people                     {"people": [{"id", "first_name", "language_code", "blocked", ...,
                                     "last": the newest message of the chat | null}]}
    POST /people                     {"first_name", "last_name"?, "username"?, "language_code"?} -> {"id"}
    POST /people/{id}/block          and /unblock
    POST /people/{id}/updates        the fields of an update, sent on unchanged -> {"update_id"}
    GET  /people/{id}/bot            {"name", "username", "description", "short_description", "commands"}
    GET  /people/{id}/messages       ?after=0&version=0&wait=5&chat= -> {"messages", "version", "keyboard",
                                     "action", "reactions": the bot's, by message}; a message's
                                     `reply_markup` may be a reply keyboard, too
    POST /people/{id}/messages       {"text"}, {"contact"}, {"location"}, {"edit": message_id, "text"},
                                     {"forward": message_id, "from_chat"?}; each with "reply_to"? and "chat"?;
                                     or a form: file, kind, caption?, album?, reply_to?, chat? -> the message
    DELETE /people/{id}/messages/{message_id}  ?chat=
    GET  /people/{id}/files/{file_id}          the file's content
    POST /people/{id}/press          {"message_id", "button": text or data, "wait"?}
                                     -> {"answer": {"text", "show_alert", "url"?} | null}; a URL or switch
                                     button's fields come with it, or the "message" that a reply
                                     keyboard's button sent
    POST /people/{id}/inline         {"query", "offset"?, "wait"?} -> {"results", "next_offset", "button"?};
                                     {"choose": result id} -> the message
    GET|POST /groups                 {"title", "type": "group" | "supergroup" | "channel", "by"?: person}
                                     -> {"id"}
    GET|POST|DELETE /faults          see localgram.faults.OrderedFault
    POST /limits                     {"enforced": true}: Telegram's limits on sending
    GET  /sent                       ?after=n -> {"calls": [see localgram.call_log.RecordedCall]}
    GET|POST /clock                  {"now": instant} or {"advance": duration}; 404 if it cannot be moved
"""
