/** Tells in OpenTelemetry's words what becomes of requests: meters always, traces where somebody collects them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"completion", "home", "web"})
package dev.codewise.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
