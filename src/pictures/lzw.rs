//! The compression of GIF and of many TIFF files.

use weezl::decode::Decoder;

use super::{Refusal, damaged};

/// At most so many bytes of what was packed; fewer if the data end before.
pub(super) fn unpacked(mut decoder: Decoder, data: &[u8], most: usize) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    out.try_reserve_exact(most).map_err(damaged)?;
    out.resize(most, 0);
    let (mut read, mut written) = (0, 0);
    while written < most {
        let step = decoder.decode_bytes(&data[read..], &mut out[written..]);
        read += step.consumed_in;
        written += step.consumed_out;
        match step.status {
            Ok(weezl::LzwStatus::Ok) if step.consumed_in + step.consumed_out > 0 => {}
            Ok(_) => break,
            Err(error) => return Err(damaged(error)),
        }
    }
    out.truncate(written);
    Ok(out)
}
