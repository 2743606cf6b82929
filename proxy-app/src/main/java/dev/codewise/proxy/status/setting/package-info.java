/** Reads what the operator has set: what counts as unset, and how a wrong value ends the start with one sentence. */
@NullMarked
package dev.codewise.proxy.status.setting;

import org.jspecify.annotations.NullMarked;
