// Asks a running proxy for responses in every way the official SDK has: in one piece, as a stream, on top of another, once more.
// Usage: OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=unused node responses.mjs
import OpenAI from 'openai';

const question = { model: 'sonnet', input: 'Say hello' };
const client = new OpenAI({ maxRetries: 0 });

async function typesOf(stream) {
  const types = [];
  for await (const event of stream) types.push(event.type);
  return types;
}

const plain = await client.responses.create(question);
const stream = client.responses.stream({ ...question, previous_response_id: plain.id });
const types = await typesOf(stream);
const streamed = await stream.finalResponse();
const found = await client.responses.retrieve(streamed.id);
const replay = client.responses.stream({ response_id: streamed.id, starting_after: 3 });
const replayed = await typesOf(replay);
const cancelled = await client.responses.cancel(streamed.id);
await client.responses.delete(streamed.id);
const gone = await client.responses.retrieve(streamed.id).catch((error) => error.status);

console.log(
  JSON.stringify({
    plain: { text: plain.output_text, status: plain.status, usage: plain.usage },
    streamed: { text: streamed.output_text, status: streamed.status, previous: streamed.previous_response_id === plain.id },
    types,
    found: found.output_text,
    replayed: { text: (await replay.finalResponse()).output_text, types: replayed },
    cancelled: cancelled.status,
    gone,
  }),
);
