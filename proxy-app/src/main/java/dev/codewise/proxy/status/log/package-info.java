/** How a line of the log looks: one event, one line, whatever strangers have put into it. */
@NullMarked
package dev.codewise.proxy.status.log;

import org.jspecify.annotations.NullMarked;
