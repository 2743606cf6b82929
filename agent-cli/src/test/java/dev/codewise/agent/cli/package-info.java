@NullMarked
package dev.codewise.agent.cli;

import org.jspecify.annotations.NullMarked;
