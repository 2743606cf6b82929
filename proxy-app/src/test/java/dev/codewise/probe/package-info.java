/** The house without its rooms, to try its doors; outside the proxy's packages, so that a whole proxy does not find it. */
@NullMarked
package dev.codewise.probe;

import org.jspecify.annotations.NullMarked;
