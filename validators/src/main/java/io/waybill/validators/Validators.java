package io.waybill.validators;

import io.waybill.validators.format.CsvValidator;
import io.waybill.validators.format.GzipValidator;
import io.waybill.validators.format.Hdf5Validator;
import io.waybill.validators.format.JpegValidator;
import io.waybill.validators.format.JsonlValidator;
import io.waybill.validators.format.LasValidator;
import io.waybill.validators.format.McapValidator;
import io.waybill.validators.format.Mp4Validator;
import io.waybill.validators.format.ParquetValidator;
import io.waybill.validators.format.PcdValidator;
import io.waybill.validators.format.PngValidator;
import io.waybill.validators.format.Ros1BagValidator;
import io.waybill.validators.format.SqliteValidator;
import io.waybill.validators.format.TiffValidator;
import io.waybill.validators.format.WavValidator;
import io.waybill.validators.format.ZipValidator;
import io.waybill.validators.format.ZstdValidator;
import io.waybill.validators.reading.DatasetValidator;
import java.util.List;

/** Every reader that we have. A new one is one line here, and one in docs/validation.md. */
public final class Validators {

  private Validators() {}

  public static List<DatasetValidator> all() {
    return List.of(
        new McapValidator(),
        new Ros1BagValidator(),
        new SqliteValidator(),
        new Hdf5Validator(),
        new Mp4Validator(),
        new ZipValidator(),
        new GzipValidator(),
        new ZstdValidator(),
        new ParquetValidator(),
        new CsvValidator(),
        new JsonlValidator(),
        new PngValidator(),
        new JpegValidator(),
        new TiffValidator(),
        new WavValidator(),
        new PcdValidator(),
        new LasValidator());
  }
}
