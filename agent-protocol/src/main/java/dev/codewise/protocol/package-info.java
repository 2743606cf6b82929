/** The messages between proxy and agent, their JSON, and the names both sides must spell alike. */
@NullMarked
package dev.codewise.protocol;

import org.jspecify.annotations.NullMarked;
