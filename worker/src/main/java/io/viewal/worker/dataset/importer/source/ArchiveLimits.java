package io.viewal.worker.dataset.importer.source;

/**
 * What an archive may claim of memory and time, so that a forged one is refused and not unpacked for hours.
 *
 * @param entries most files in an archive
 * @param fileBytes most bytes of a file once unpacked; folders are held to it as well
 */
public record ArchiveLimits(int entries, long fileBytes) {

    /** Above any data set that is known: half a million files, 256 MiB each. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(500_000, 256L << 20);
}
