# Documents and links of a training: rows, and what is wrong with a file or an address.

document-detail = { $kind } · { $size }
document-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
document-kilobytes = { $size } kB
document-megabytes = { $size } MB
document-shared = shared { $when }

error-document-url = Please enter a web address that begins with https:// or http://.
error-file-missing = Please choose a file.
error-file-kind = This kind of file cannot be added. Text, office documents, PDF, pictures, sound, video and ZIP can.
error-file-empty = This file is empty.
error-file-too-large = This file is too large. Make it smaller, or add a link to it instead.
error-file-broken = The file did not arrive whole. Check your network and try again.
