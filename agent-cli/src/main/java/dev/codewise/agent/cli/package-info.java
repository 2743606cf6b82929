/** The command line: options, exit codes, console, and the composition of the rest. */
@NullMarked
package dev.codewise.agent.cli;

import org.jspecify.annotations.NullMarked;
