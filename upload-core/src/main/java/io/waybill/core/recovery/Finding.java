package io.waybill.core.recovery;

/** What a recovery finds of a dataset. */
public enum Finding {
  /** Its object is there: same size, same checksum. It is NORMAL. */
  VERIFIED,
  /** It was complete, and under its key there is no object, or another one. */
  MISSING_OBJECT,
  /** It was not complete, and its store knows neither an object nor its upload any more. */
  METADATA_ONLY,
  /** It was not complete, and there is an object as large as its file. */
  OBJECT_ONLY,
  /** It was not complete, and its upload can go on. It is NORMAL. */
  UNFINISHED
}
