/** One request from accepted to finished, failed or stopped; slots; orderly shutdown. */
@NullMarked
package dev.codewise.agent.run;

import org.jspecify.annotations.NullMarked;
