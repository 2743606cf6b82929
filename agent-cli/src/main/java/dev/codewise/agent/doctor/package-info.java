/** Checks what an agent needs, one thing after the other, and says what is wrong and how to mend it. */
@NullMarked
package dev.codewise.agent.doctor;

import org.jspecify.annotations.NullMarked;
