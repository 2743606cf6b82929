/** Keeps one event stream to the proxy: connect, silence watchdog, jittered back-off, stop on a final refusal. */
@NullMarked
package dev.codewise.agent.connection;

import org.jspecify.annotations.NullMarked;
