package io.waybill.core.upload;

/**
 * A session and how far it is.
 *
 * @param uploadedPartCount parts that need not be sent again
 * @param uploadedBytes their sizes, summed
 */
public record Progress(Session session, int uploadedPartCount, long uploadedBytes) {}
