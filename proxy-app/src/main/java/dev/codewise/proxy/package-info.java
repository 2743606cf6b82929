/** The proxy: one capability per sub-package, put together by {@link dev.codewise.proxy.ProxyApplication}. */
@NullMarked
package dev.codewise.proxy;

import org.jspecify.annotations.NullMarked;
