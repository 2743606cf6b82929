// Asks a running proxy through the Messages API, with the official SDK and nothing else: once in one piece, once as a stream that
// the SDK puts together, once for a count of tokens.
// Usage: ANTHROPIC_BASE_URL=http://127.0.0.1:8080 ANTHROPIC_API_KEY=unused node messages.mjs "Say hello"
import Anthropic from '@anthropic-ai/sdk';

const messages = [{ role: 'user', content: process.argv[2] ?? 'Say hello' }];
const question = { model: 'sonnet', max_tokens: 1000, messages };
const client = new Anthropic({ maxRetries: 0 });

const textOf = (message) =>
  message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

async function inOnePiece() {
  const { data, request_id } = await client.messages.create(question).withResponse();
  return { text: textOf(data), stop: data.stop_reason, usage: data.usage, requestId: request_id };
}

async function asStream() {
  const events = [];
  const stream = client.messages.stream(question).on('streamEvent', (event) => events.push(event.type));
  const message = await stream.finalMessage();
  return { text: textOf(message), stop: message.stop_reason, usage: message.usage, events };
}

async function counted() {
  return client.messages.countTokens({ model: question.model, messages });
}

async function orItsError(ask) {
  try {
    return await ask();
  } catch (error) {
    return { status: error.status, kind: error.constructor.name, message: error.message, requestId: error.requestID };
  }
}

console.log(
  JSON.stringify({
    plain: await orItsError(inOnePiece),
    streamed: await orItsError(asStream),
    counted: await orItsError(counted),
  }),
);
