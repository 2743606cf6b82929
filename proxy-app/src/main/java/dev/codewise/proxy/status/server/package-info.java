/** What the HTTP server puts up with: dead connections, slow headers, bodies that never end. */
@NullMarked
package dev.codewise.proxy.status.server;

import org.jspecify.annotations.NullMarked;
