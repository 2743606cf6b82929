// Asks a running proxy for one answer in one piece and one as a stream, with the official SDK and nothing else.
// Usage: OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=unused node first-light.mjs "Say hello"
import OpenAI from 'openai';

const question = { model: 'sonnet', messages: [{ role: 'user', content: process.argv[2] ?? 'Say hello' }] };
const client = new OpenAI({ maxRetries: 0 });

async function inOnePiece() {
  const { data, request_id } = await client.chat.completions.create(question).withResponse();
  const [choice] = data.choices;
  return { text: choice.message.content, finish: choice.finish_reason, usage: data.usage, requestId: request_id };
}

async function asStream() {
  const stream = await client.chat.completions.create({
    ...question,
    stream: true,
    stream_options: { include_usage: true },
  });
  const seen = { pieces: [], finish: null, usage: null };
  for await (const chunk of stream) {
    const choice = chunk.choices[0];
    if (choice?.delta.content) seen.pieces.push(choice.delta.content);
    seen.finish = choice?.finish_reason ?? seen.finish;
    seen.usage = chunk.usage ?? seen.usage;
  }
  return { text: seen.pieces.join(''), pieces: seen.pieces.length, finish: seen.finish, usage: seen.usage };
}

async function orItsError(ask) {
  try {
    return await ask();
  } catch (error) {
    return { status: error.status, code: error.code, message: error.message, requestId: error.requestID };
  }
}

const models = (await client.models.list()).data.map((model) => model.id);
console.log(JSON.stringify({ models, plain: await orItsError(inOnePiece), streamed: await orItsError(asStream) }));
