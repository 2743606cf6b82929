/** Keeps the requests that wait for an agent's answer, and brings what it says to them in order and each message once. */
@NullMarked
package dev.codewise.proxy.agent.reply;

import org.jspecify.annotations.NullMarked;
