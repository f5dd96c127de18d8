package dev.slate.sim.audit;

/**
 * Items close to one of them.
 *
 * @param item ordinal of that one
 * @param name its name
 * @param size how many items are within the radius, itself included
 * @param author who made most of them
 * @param by how many she made
 * @param log10p log10 of the probability that this number or more of the group are hers by chance,
 *     given her share of the rest of the catalogue
 */
public record DuplicateGroup(
    int item, String name, int size, String author, int by, double log10p) {}
