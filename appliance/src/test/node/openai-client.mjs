// OpenAI's own client, unmodified, speaks to the appliance. Arguments: its folder, base URL, token, chat model, embedding
// model. Prints a line for each check that held; ends with an assertion's words at the first that did not.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const [folder, baseURL, apiKey, chat, embedder] = process.argv.slice(2);
const { default: OpenAI } = await import(pathToFileURL(`${folder}/index.mjs`));
const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Name three colours.' }];
const short = { model: chat, messages, max_tokens: 8, temperature: 0 };

const checks = {
  async 'lists models'() {
    const models = await client.models.list();
    const ids = models.data.map((model) => model.id);
    assert.ok(ids.includes(chat) && ids.includes(embedder) && ids.includes('cartulary:demo'), ids.join());
    assert.equal((await client.models.retrieve('cartulary:demo')).id, 'cartulary:demo');
  },

  async 'answers whole, with usage and log-probabilities'() {
    const answer = await client.chat.completions.create({ ...short, logprobs: true, top_logprobs: 2 });
    const choice = answer.choices[0];
    assert.equal(answer.object, 'chat.completion');
    assert.ok(choice.message.content.length > 0);
    assert.ok(['length', 'stop'].includes(choice.finish_reason));
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
    assert.equal(typeof answer.usage.prompt_tokens_details.cached_tokens, 'number');
    assert.equal(choice.logprobs.content.length, answer.usage.completion_tokens);
    for (const token of choice.logprobs.content) {
      assert.ok(token.logprob <= 0);
      assert.equal(token.top_logprobs.length, 2);
      assert.ok(token.top_logprobs[0].logprob >= token.top_logprobs[1].logprob);
    }
    const bytes = choice.logprobs.content.flatMap((token) => token.bytes);
    assert.equal(Buffer.from(bytes).toString().trim(), choice.message.content.trim());
  },

  async 'streams what it answers whole'() {
    const whole = await client.chat.completions.create(short);
    const stream = await client.chat.completions.create({
      ...short, stream: true, stream_options: { include_usage: true },
    });
    let text = '';
    let usage = null;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
      usage = chunk.usage ?? usage;
    }
    assert.equal(text, whole.choices[0].message.content);
    assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
  },

  async 'accumulates a stream with its own helper'() {
    const final = await client.chat.completions.stream({ ...short, logprobs: true }).finalChatCompletion();
    assert.ok(final.choices[0].message.content.length > 0);
    assert.ok(final.choices[0].logprobs.content.length > 0);
  },

  async 'stops at a stop text'() {
    const free = await client.chat.completions.create(short);
    const text = free.choices[0].message.content;
    const stop = text.slice(4, 8);
    const stopped = await client.chat.completions.create({ ...short, stop: [stop] });
    assert.equal(stopped.choices[0].message.content, text.slice(0, text.indexOf(stop)));
    assert.equal(stopped.choices[0].finish_reason, 'stop');
  },

  async 'repeats an answer by its seed'() {
    const request = { ...short, temperature: 1.5, seed: 7 };
    const first = await client.chat.completions.create(request);
    const second = await client.chat.completions.create(request);
    assert.equal(first.choices[0].message.content, second.choices[0].message.content);
    assert.equal(first.system_fingerprint, second.system_fingerprint);
  },

  async 'forces and forbids tokens'() {
    const asked = { ...short, max_tokens: 1, logprobs: true, top_logprobs: 1 };
    const free = await client.chat.completions.create(asked);
    const likeliest = free.choices[0].logprobs.content[0].token;
    // Which id the likeliest token has is the model's business: forbid a hundred and see that nothing breaks.
    const logit_bias = Object.fromEntries(Array.from({ length: 100 }, (_, id) => [id + 3, -100]));
    const biased = await client.chat.completions.create({ ...asked, logit_bias });
    assert.equal(typeof biased.choices[0].logprobs.content[0].token, typeof likeliest);
  },

  async 'keeps to a JSON schema'() {
    const schema = {
      type: 'object',
      properties: { colour: { type: 'string', enum: ['red', 'green', 'blue'] }, many: { type: 'boolean' } },
      required: ['colour', 'many'],
      additionalProperties: false,
    };
    const answer = await client.chat.completions.parse({
      ...short, max_tokens: 60,
      response_format: { type: 'json_schema', json_schema: { name: 'colour', strict: true, schema } },
    });
    const value = JSON.parse(answer.choices[0].message.content);
    assert.deepEqual(Object.keys(value), ['colour', 'many']);
    assert.ok(['red', 'green', 'blue'].includes(value.colour));
    assert.equal(typeof value.many, 'boolean');
  },

  async 'keeps to a grammar of its own'() {
    const answer = await client.chat.completions.create({ ...short, grammar: 'root ::= "yes" | "no"' });
    assert.ok(['yes', 'no'].includes(answer.choices[0].message.content));
  },

  async 'answers from documents, with citations and a receipt'() {
    const question = 'How long do we have to keep the logs that visitors fill in?';
    const { data, response } = await client.chat.completions
      .create({ model: 'cartulary:demo', messages: [{ role: 'user', content: question }], temperature: 0.7 })
      .withResponse();
    assert.match(data.choices[0].message.content, /90 days.*\[1\]/s);
    assert.match(data.cartulary.receipt, /\/api\/receipts\//);
    assert.equal(response.headers.get('cartulary-without-effect'), 'temperature');
  },

  async 'embeds, in base64 by default and in numbers'() {
    const input = ['The bins go out on Tuesday.', 'Visitors sign the log.'];
    const packed = await client.embeddings.create({ model: embedder, input });
    const plain = await client.embeddings.create({ model: embedder, input, encoding_format: 'float' });
    assert.equal(packed.data.length, 2);
    assert.deepEqual([...packed.data[1].embedding], plain.data[1].embedding.map(Math.fround));
    const length = Math.hypot(...plain.data[0].embedding);
    assert.ok(Math.abs(length - 1) < 1e-3, `length ${length}`);
    assert.ok(packed.usage.prompt_tokens > 8);
  },

  async 'raises the errors that its users catch'() {
    const wrong = new OpenAI({ apiKey: 'cartulary_wrong', baseURL, maxRetries: 0 });
    await assert.rejects(wrong.models.list(), (e) => e instanceof OpenAI.AuthenticationError
      && e.status === 401 && e.code === 'invalid_api_key');
    await assert.rejects(client.chat.completions.create({ ...short, model: 'gpt-unknown' }),
      (e) => e instanceof OpenAI.NotFoundError && e.code === 'model_not_found' && e.param === 'model');
    await assert.rejects(client.chat.completions.create({ ...short, frequency_penalty: 1 }),
      (e) => e instanceof OpenAI.BadRequestError && e.param === 'frequency_penalty'
        && e.type === 'invalid_request_error');
    const long = [{ role: 'user', content: 'word '.repeat(5000) }];
    await assert.rejects(client.chat.completions.create({ ...short, messages: long, stream: true }),
      (e) => e instanceof OpenAI.BadRequestError && e.code === 'context_length_exceeded' && /2048/.test(e.message));
  },

  async 'is told to wait when the queue is full, and leaves when it likes'() {
    const request = { ...short, max_tokens: 1000, stream: true };
    const calls = Array.from({ length: 40 }, () => {
      const leaving = new AbortController();
      return { leaving, begun: client.chat.completions.create(request, { signal: leaving.signal }) };
    });
    const outcomes = await Promise.allSettled(calls.map((call) => call.begun));
    calls.forEach((call) => call.leaving.abort());
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason);
    assert.ok(refused.length > 0 && refused.length < 40, `${refused.length} were refused`);
    for (const e of refused) {
      assert.ok(e instanceof OpenAI.RateLimitError, String(e));
      assert.equal(e.code, 'rate_limit_exceeded');
      assert.ok(Number(e.headers.get('retry-after')) >= 1);
    }
  },
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
  } catch (e) {
    console.error(`${name}: ${e.stack}`);
    process.exit(1);
  }
  console.log(name);
}
