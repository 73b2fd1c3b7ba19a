// An ordinary bot of grammY.
const { Bot, InlineKeyboard } = require("grammy");

const bot = new Bot(process.env.BOT_TOKEN, { client: { apiRoot: process.env.API_ROOT } });
bot.command("start", (ctx) =>
  ctx.reply("<b>Сәлем</b>", { parse_mode: "HTML", reply_markup: new InlineKeyboard().text("Иә", "ok") }),
);
bot.callbackQuery("ok", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "Жарайды" });
  await ctx.editMessageText("Болды");
});
bot.on("message:text", (ctx) => ctx.reply(`Сіз: ${ctx.message.text}`));
bot.start();
