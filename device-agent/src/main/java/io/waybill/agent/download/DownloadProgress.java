package io.waybill.agent.download;

import org.jspecify.annotations.Nullable;

/**
 * How far a download is.
 *
 * @param doneBytes on disk, or on their way there
 * @param movedBytes fetched by this run, those that had to be fetched again included
 * @param waitingFor why nothing moves, in words; null while something does
 */
public record DownloadProgress(
    long totalBytes,
    long doneBytes,
    long movedBytes,
    int chunks,
    int confirmedChunks,
    int retries,
    @Nullable String waitingFor) {}
