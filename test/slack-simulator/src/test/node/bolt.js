// Slack's own Node client, unchanged, in Socket Mode against the simulator.
const { App, SocketModeReceiver, LogLevel } = require('@slack/bolt');

const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const receiver = new SocketModeReceiver({
  appToken: process.env.SLACK_APP_TOKEN,
  clientOptions,
  installerOptions: { clientOptions },
  logLevel: LogLevel.WARN,
});
const app = new App({ token: process.env.SLACK_BOT_TOKEN, receiver, clientOptions, logLevel: LogLevel.WARN });

const button = (text) => [
  { type: 'section', text: { type: 'mrkdwn', text } },
  { type: 'actions', elements: [{ type: 'button', action_id: 'go', style: 'primary', text: { type: 'plain_text', text: 'Go' }, value: '1' }] },
];

app.event('app_mention', async ({ event, say }) => {
  await say({ thread_ts: event.ts, text: 'pong', blocks: button('*pong* from Node') });
});

app.message(async ({ message, say }) => {
  if (message.channel_type === 'im' && !message.subtype) await say(`heard ${message.text}`);
});

app.command('/bandmaster', async ({ command, ack, client }) => {
  if (command.text !== 'form') {
    await ack(`you said ${command.text}`);
    return;
  }
  await ack();
  await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: 'modal', callback_id: 'form',
      title: { type: 'plain_text', text: 'Deploy' }, submit: { type: 'plain_text', text: 'Go' },
      blocks: [{ type: 'input', block_id: 'app', label: { type: 'plain_text', text: 'App' }, element: { type: 'plain_text_input', action_id: 'name' } }],
    },
  });
});

app.action('go', async ({ ack, body, client }) => {
  await ack();
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `clicked by ${body.user.id}`, blocks: [] });
});

app.view('form', async ({ ack, view, body, client }) => {
  const name = view.state.values.app.name.value;
  if (name !== 'web') {
    await ack({ response_action: 'errors', errors: { app: 'There is no such app.' } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `deploying ${name}` });
});

(async () => {
  await app.start();
  console.log('ready');
})();
