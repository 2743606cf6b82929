@NullMarked
package dev.codewise.agent.claude;

import org.jspecify.annotations.NullMarked;
