/** Gives the others their PostgreSQL, embedded or by DATABASE_URL, and its migrations. */
@NullMarked
@ApplicationModule(allowedDependencies = {"home", "pulse"})
package dev.codewise.proxy.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
