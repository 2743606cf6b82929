// Lets the model call a tool twice at once, and tells it what came of both, in every way the official SDKs have: Chat, Responses and
// Messages, each in one piece and as a stream that the SDK puts together.
// Usage: OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=unused ANTHROPIC_BASE_URL=http://127.0.0.1:8080
//        ANTHROPIC_API_KEY=unused node tools.mjs
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const openai = new OpenAI({ maxRetries: 0 });
const anthropic = new Anthropic({ maxRetries: 0 });

const model = 'sonnet';
const question = 'How is the weather?';
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weatherOf = (input) => `${JSON.parse(input).city}: 21 C`;

async function chat(ask) {
  const tools = [{ type: 'function', function: { name: 'weather', parameters: schema } }];
  const messages = [{ role: 'user', content: question }];
  const called = (await ask({ model, messages, tools })).choices[0];
  const calls = called.message.tool_calls;
  messages.push(called.message);
  calls.forEach((call) =>
    messages.push({ role: 'tool', tool_call_id: call.id, content: weatherOf(call.function.arguments) }),
  );
  const answer = (await ask({ model, messages, tools })).choices[0];
  return {
    calls: calls.map((call) => ({ id: call.id, name: call.function.name, input: call.function.arguments })),
    end: called.finish_reason,
    text: answer.message.content,
    finish: answer.finish_reason,
  };
}

async function response(ask) {
  const tools = [{ type: 'function', name: 'weather', parameters: schema, strict: false }];
  const called = await ask({ model, input: question, tools });
  const calls = called.output.filter((item) => item.type === 'function_call');
  const input = calls.map((call) => ({
    type: 'function_call_output',
    call_id: call.call_id,
    output: weatherOf(call.arguments),
  }));
  const answer = await ask({ model, previous_response_id: called.id, input, tools });
  return {
    calls: calls.map((call) => ({ id: call.call_id, name: call.name, input: call.arguments })),
    end: called.status,
    text: answer.output.flatMap((item) => item.content ?? []).map((part) => part.text).join(''),
    finish: answer.status,
  };
}

async function message(ask) {
  const tools = [{ name: 'weather', input_schema: schema }];
  const messages = [{ role: 'user', content: question }];
  const called = await ask({ model, max_tokens: 5000, messages, tools });
  const calls = called.content.filter((block) => block.type === 'tool_use');
  messages.push({ role: 'assistant', content: called.content });
  messages.push({
    role: 'user',
    content: calls.map((call) => ({
      type: 'tool_result',
      tool_use_id: call.id,
      content: weatherOf(JSON.stringify(call.input)),
    })),
  });
  const answer = await ask({ model, max_tokens: 5000, messages, tools });
  return {
    calls: calls.map((call) => ({ id: call.id, name: call.name, input: JSON.stringify(call.input) })),
    end: called.stop_reason,
    text: answer.content.filter((block) => block.type === 'text').map((block) => block.text).join(''),
    finish: answer.stop_reason,
  };
}

console.log(
  JSON.stringify([
    await chat((params) => openai.chat.completions.create(params)),
    await chat((params) => openai.chat.completions.stream(params).finalChatCompletion()),
    await response((params) => openai.responses.create(params)),
    await response((params) => openai.responses.stream(params).finalResponse()),
    await message((params) => anthropic.messages.create(params)),
    await message((params) => anthropic.messages.stream(params).finalMessage()),
  ]),
);
