// An ordinary bot of Telegraf.
const { Telegraf, Markup } = require("telegraf");

const bot = new Telegraf(process.env.BOT_TOKEN, { telegram: { apiRoot: process.env.API_ROOT } });
bot.start((ctx) => ctx.replyWithHTML("<b>Сәлем</b>", Markup.inlineKeyboard([Markup.button.callback("Иә", "ok")])));
bot.action("ok", async (ctx) => {
  await ctx.answerCbQuery("Жарайды");
  await ctx.editMessageText("Болды");
});
bot.on("text", (ctx) => ctx.reply(`Сіз: ${ctx.message.text}`));
bot.launch();
