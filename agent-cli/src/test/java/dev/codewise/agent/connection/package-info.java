@NullMarked
package dev.codewise.agent.connection;

import org.jspecify.annotations.NullMarked;
