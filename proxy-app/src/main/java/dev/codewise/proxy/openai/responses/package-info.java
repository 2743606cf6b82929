/** Serves /v1/responses: a request of OpenAI's second format in, response objects and their events out, and keeps them. */
@NullMarked
package dev.codewise.proxy.openai.responses;

import org.jspecify.annotations.NullMarked;
