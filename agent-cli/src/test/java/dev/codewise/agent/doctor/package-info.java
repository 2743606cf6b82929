@NullMarked
package dev.codewise.agent.doctor;

import org.jspecify.annotations.NullMarked;
