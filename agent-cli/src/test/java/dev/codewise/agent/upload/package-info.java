@NullMarked
package dev.codewise.agent.upload;

import org.jspecify.annotations.NullMarked;
