/** What goes over the wire, record by record and byte by byte. */
@NullMarked
package dev.codewise.protocol;

import org.jspecify.annotations.NullMarked;
