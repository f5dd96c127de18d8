/** The four exercises: tasks, checks of a student's selector, questions and answers. */
@NullMarked
package dev.slate.sim.exercise;

import org.jspecify.annotations.NullMarked;
