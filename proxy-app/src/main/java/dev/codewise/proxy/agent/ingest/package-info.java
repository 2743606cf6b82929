/** Reads what agents post, within the limits of the protocol, and says why it does not. */
@NullMarked
package dev.codewise.proxy.agent.ingest;

import org.jspecify.annotations.NullMarked;
