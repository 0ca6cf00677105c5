// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

/// Made by minisign 0.11.
namespace layerpool::test::stock {

inline const QByteArray secretKey(
    "untrusted comment: minisign encrypted secret key\n"
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD61wfTbPkyIMY3J0ffxPTcSbjUEMVEgP"
    "WzAOuddgyr2uSavEr4NBLiMOiwTnJOMg1vvG7zCRBfZJp/"
    "FXjpuZXQVqy6pI7JcVAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");

inline const QByteArray publicBase64("RWQPrXB9Ns+TIiMOiwTnJOMg1vvG7zCRBfZJp/FXjpuZXQVqy6pI7JcV");
inline const QByteArray publicKey("untrusted comment: minisign public key 2293CF367D70AD0F\n" + publicBase64 +
                                  '\n');

/// Of "hello\n".
inline const QByteArray signature(
    "untrusted comment: signature from minisign secret key\n"
    "RUQPrXB9Ns+TItvvVgvGr6e44B9X29sDoeunq4fE/X8JNU+cmTBZ1YU33xPhiIo52ZB9ubWFSMHSJi2xheCa37AwBRBenUHwSQE=\n"
    "trusted comment: timestamp:1795917981\tfile:f.txt\thashed\n"
    "K7kwRWSc8IMq3msXItS4lktKCiaxMCDaLOYiTxQWPMuoG5xju7UwG01Kiz9qdLfF5+NMeRUOQqtfYuN9lbCQCQ==\n");
/// The same in the form of before, by -l.
inline const QByteArray legacySignature(
    "untrusted comment: signature from minisign secret key\n"
    "RWQPrXB9Ns+TIk4jzoCFgt1jxNrJt/5TeeXxrIR9O3sB74eOmjCVucgrn99FARI/K9881ay7rN59XWKNTscjJeCf8vLaFhNiQgE=\n"
    "trusted comment: timestamp:1795917981\tfile:f.txt\n"
    "+fA4vHxFXEAR/gVHptJLlRidwx4R1Mxp05e5xXd7L6vPY7esk7pYHm5HWVR+Mo5EcKnpkKbv9PwfQqIgrpnQAA==\n");

} // namespace layerpool::test::stock
