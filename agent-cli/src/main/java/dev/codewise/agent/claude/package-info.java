/** Spawns {@code claude -p}, reads its output line by line with size bounds, and ends its process tree. */
@NullMarked
package dev.codewise.agent.claude;

import org.jspecify.annotations.NullMarked;
