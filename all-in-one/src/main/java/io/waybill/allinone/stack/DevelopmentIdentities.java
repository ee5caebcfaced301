package io.waybill.allinone.stack;

import java.util.UUID;

/** The seeded identities that a person, and the demo, use by hand. Their secrets are published. */
public final class DevelopmentIdentities {
  public static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  public static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  public static final String API_KEY = "wb_dev_local_only";
  public static final String VIEWER_API_KEY = "wb_dev_viewer_local_only";
  public static final UUID ROBOT_17 = UUID.fromString("0190a000-0000-7000-8000-000000000017");
  public static final String ROBOT_17_CREDENTIAL = "wbd_dev_robot_17_local_only";
  public static final UUID ROBOT_18 = UUID.fromString("0190a000-0000-7000-8000-000000000018");
  public static final String ROBOT_18_CREDENTIAL = "wbd_dev_robot_18_local_only";

  private DevelopmentIdentities() {}
}
