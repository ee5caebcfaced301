package io.waybill.agent.upload;

import org.jspecify.annotations.Nullable;

/**
 * How far an upload is.
 *
 * @param doneBytes stored, or on their way to the store
 * @param movedBytes sent by this run, those that had to be sent again included
 * @param waitingFor why nothing moves, null while something does
 */
public record UploadProgress(
    String name,
    @Nullable String sessionId,
    long totalBytes,
    long doneBytes,
    long movedBytes,
    int parts,
    int storedParts,
    int retries,
    int connections,
    @Nullable String waitingFor) {}
