@NullMarked
package dev.codewise.agent.run;

import org.jspecify.annotations.NullMarked;
