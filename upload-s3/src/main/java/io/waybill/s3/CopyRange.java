package io.waybill.s3;

/** The bytes of a source that become one part, both ends included. */
record CopyRange(int partNumber, long first, long last) {

  /** As {@code x-amz-copy-source-range} wants it. */
  String header() {
    return "bytes=" + first + "-" + last;
  }

  long sizeBytes() {
    return last - first + 1;
  }
}
