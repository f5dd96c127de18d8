package dev.slate.sim.audit;

/**
 * An author's share of the catalogue and of the impressions.
 *
 * @param author her name
 * @param items how many items are hers
 * @param share her share of the catalogue
 * @param log10p log10 of the probability of this number or more, were she as productive as the
 *     median author
 * @param impressions her share of what was shown; NaN where nothing was
 * @param picks her share of what was picked; NaN where nothing was
 * @param log10exposure log10 of the probability of her impressions or more, were each of her items
 *     shown as often as the most shown item of anybody else
 */
public record AuthorVolume(
    String author,
    int items,
    double share,
    double log10p,
    double impressions,
    double picks,
    double log10exposure) {}
