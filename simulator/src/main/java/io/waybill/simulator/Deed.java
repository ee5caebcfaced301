package io.waybill.simulator;

import java.util.Arrays;
import java.util.List;

/** What a manager may want: one use case each. */
enum Deed {
  DISABLE_DEVICE(Kind.DEVICE),
  ENABLE_DEVICE(Kind.DEVICE),
  /** Its project takes no new uploads for a while. */
  ARCHIVE_PROJECT(Kind.PROJECT),
  RESTORE_PROJECT(Kind.PROJECT),
  /** Few uploads at once are allowed, and few bytes. */
  BIND_PROJECT(Kind.PROJECT),
  FREE_PROJECT(Kind.PROJECT),
  INVITE_MEMBER(Kind.PROJECT),
  REMOVE_MEMBER(Kind.PROJECT),
  MAKE_API_KEY(Kind.NEW),
  MAKE_TAG_CATEGORY(Kind.NEW),
  HOLD_DATASET(Kind.DATASET),
  ARCHIVE_DATASET(Kind.DATASET),
  DELETE_DATASET(Kind.DATASET),
  RESTORE_DATASET(Kind.DATASET),
  PURGE_DATASET(Kind.DATASET);

  /** What it is done to. */
  enum Kind {
    DEVICE,
    PROJECT,
    DATASET,
    /** Something that was not there before. */
    NEW
  }

  final Kind kind;

  Deed(Kind kind) {
    this.kind = kind;
  }

  /** All of a kind. */
  static List<Deed> of(Kind kind) {
    return Arrays.stream(values()).filter(deed -> deed.kind == kind).toList();
  }
}
