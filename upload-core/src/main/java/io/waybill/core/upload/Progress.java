package io.waybill.core.upload;

/**
 * A session and how far it is.
 *
 * @param uploadedPartCount parts acknowledged or seen in storage
 * @param uploadedBytes their sizes, summed
 */
public record Progress(Session session, int uploadedPartCount, long uploadedBytes) {}
