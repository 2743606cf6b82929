/** Sends the messages of a run in order, with a bounded hold and retries. */
@NullMarked
package dev.codewise.agent.upload;

import org.jspecify.annotations.NullMarked;
