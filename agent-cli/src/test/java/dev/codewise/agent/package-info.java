@NullMarked
package dev.codewise.agent;

import org.jspecify.annotations.NullMarked;
