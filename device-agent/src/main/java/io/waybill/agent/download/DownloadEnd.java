package io.waybill.agent.download;

/** How a download ended. What is kept of it is beside its target, and taken up by the next run. */
public sealed interface DownloadEnd {

  /**
   * The file is in its place, whole.
   *
   * @param verified whether its SHA-256 is the one that the server knows; false where it knows none
   */
  record Stored(long fetchedBytes, boolean verified) implements DownloadEnd {}

  /** The very file was there before. */
  record ThereAlready() implements DownloadEnd {}

  /** Something else is in its place, or another process fetches it. */
  record InTheWay(String reason) implements DownloadEnd {}

  /** Nobody answered for too long; kept. */
  record Unreachable(String reason) implements DownloadEnd {}

  /** The server, or the store, does not give it to us; kept. */
  record Refused(String reason) implements DownloadEnd {}

  /** These are not the bytes that the server knows; nothing of them is kept. */
  record Different(String reason) implements DownloadEnd {}

  /** This machine cannot keep it; what it has kept stays. */
  record NoRoom(String reason) implements DownloadEnd {}
}
